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
  description = "Major version of PostgreSQL; AWS chooses the newest minor one."
  type        = string
}

variable "instance_class" {
  description = "Class of the instance and of its read replicas."
  type        = string
}

variable "multi_az" {
  description = "Whether a standby in another zone takes over."
  type        = bool
}

variable "read_replicas" {
  description = "Number of read replicas."
  type        = number
}

variable "allocated_storage" {
  description = "Disk at the start, in GiB."
  type        = number
}

variable "max_allocated_storage" {
  description = "Disk that it grows to by itself, in GiB."
  type        = number
}

variable "parameters" {
  description = "Parameters of PostgreSQL in the units of RDS, beside rds.force_ssl."
  type = list(object({
    name         = string
    value        = string
    apply_method = string
  }))
}

variable "backup_retention_days" {
  description = "Days that a point in time can be chosen from; RDS knows 1 to 35."
  type        = number
  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "RDS keeps automated backups for 1 to 35 days."
  }
}

variable "backup_window" {
  description = "When the daily snapshot begins, hh:mm-hh:mm in UTC."
  type        = string
}

variable "maintenance_window" {
  description = "When AWS may restart it, ddd:hh:mm-ddd:hh:mm in UTC; not at the time of the backup."
  type        = string
}

variable "proxy_secret_arns" {
  description = "Secrets with username and password of the services' roles, for RDS Proxy; empty: no proxy."
  type        = set(string)
  default     = []
}
