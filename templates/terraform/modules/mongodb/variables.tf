# What the root gives to every data store, and what this one needs beside it.
variable "vpc_id" {
  description = "VPC that the data store answers in."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets, one for each availability zone."
  type        = list(string)
}

variable "node_security_group_id" {
  description = "Security group of the cluster's nodes: nobody else may connect."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that everything at rest is encrypted with. Its policy lets CloudWatch Logs use it."
  type        = string
}

variable "name_prefix" {
  description = "PLATFORM-ENVIRONMENT-INSTANCE: the name, and what every other name begins with."
  type        = string
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
}

variable "engine_version" {
  description = "Version of Amazon DocumentDB."
  type        = string
}

variable "parameter_family" {
  description = "Family of the parameter group, for example docdb5.0."
  type        = string
}

variable "instance_class" {
  description = "Class of each instance."
  type        = string
}

variable "instances" {
  description = "Instances: one writes, every other one takes over and serves reads."
  type        = number
}

variable "backup_retention_days" {
  description = "Days that a point in time can be chosen from; DocumentDB knows 1 to 35."
  type        = number
  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "DocumentDB keeps backups for 1 to 35 days."
  }
}

variable "backup_window" {
  description = "When the daily snapshot begins, hh:mm-hh:mm in UTC."
  type        = string
}

variable "maintenance_window" {
  description = "When AWS may patch it, ddd:hh:mm-ddd:hh:mm in UTC."
  type        = string
}
