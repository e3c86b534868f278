variable "name_prefix" {
  description = "Before every name."
  type        = string
}

variable "repository" {
  description = "OWNER/NAME on GitHub."
  type        = string
}

variable "environment" {
  description = "Environment of the repository whose jobs take the role."
  type        = string
}

variable "cluster_arn" {
  description = "Cluster that is deployed to."
  type        = string
}

variable "cluster_name" {
  description = "Name of that cluster."
  type        = string
}

variable "namespace" {
  description = "Namespace of the services."
  type        = string
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}
