variable "name" {
  description = "Name of the role."
  type        = string
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
}

variable "cluster_name" {
  description = "Cluster whose pods take the role."
  type        = string
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string
}

variable "service_account" {
  description = "Service account whose pods take the role."
  type        = string
}

variable "statements" {
  description = "What the role may do."
  type        = list(object({ actions = list(string), resources = list(string) }))
}
