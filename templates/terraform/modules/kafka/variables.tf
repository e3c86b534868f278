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

variable "kafka_version" {
  description = "Version of Kafka that MSK offers, for example 3.9.x."
  type        = string
}

variable "instance_type" {
  description = "Class of each broker."
  type        = string
}

variable "brokers" {
  description = "Brokers; a multiple of the number of subnets."
  type        = number
}

variable "volume_gib" {
  description = "Disk of each broker at the start, GiB."
  type        = number
}

variable "max_volume_gib" {
  description = "Disk that it grows to by itself, GiB."
  type        = number
}

variable "server_properties" {
  description = "Settings of the brokers by name."
  type        = map(string)
}

variable "scram_secret_arns" {
  description = "Secrets named AmazonMSK_… with username and password, one for each service, encrypted with the environment's key."
  type        = set(string)
  default     = []
}
