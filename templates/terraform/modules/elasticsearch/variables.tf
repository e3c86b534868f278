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
  description = "For example OpenSearch_2.19."
  type        = string
}

variable "instance_type" {
  description = "Class of each data node."
  type        = string
}

variable "instances" {
  description = "Data nodes; three are one in each zone."
  type        = number
}

variable "master_type" {
  description = "Class of the three nodes that elect a leader and hold no data."
  type        = string
}

variable "volume_gib" {
  description = "Disk of each data node, GiB."
  type        = number
}
