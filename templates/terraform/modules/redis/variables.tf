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
  description = "Version of Valkey, MAJOR.MINOR."
  type        = string
}

variable "parameter_family" {
  description = "Family of the parameter group, for example valkey8."
  type        = string
}

variable "node_type" {
  description = "Class of each node."
  type        = string
}

variable "replicas" {
  description = "Replicas beside the primary."
  type        = number
}

variable "multi_az" {
  description = "Whether a replica in another zone takes over; needs a replica."
  type        = bool
}

variable "parameters" {
  description = "Parameters by name."
  type        = map(string)
}

variable "snapshot_retention_days" {
  description = "Days that a daily snapshot is kept; 0 = none is taken."
  type        = number
}

variable "snapshot_window" {
  description = "When the daily snapshot begins, hh:mm-hh:mm in UTC."
  type        = string
}

variable "maintenance_window" {
  description = "When AWS may patch it, ddd:hh:mm-ddd:hh:mm in UTC."
  type        = string
}

variable "users" {
  description = "User of each service, by user name, and what it may do in the words of the access control list."
  type        = map(object({ access_string = string }))
}
