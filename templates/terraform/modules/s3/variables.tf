# What the root gives to every data store, and what this one needs beside it.
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

variable "buckets" {
  description = "Buckets by name, each of one service: when objects move to cheaper tiers, and how long replaced versions are kept."
  type = map(object({
    service                 = string
    infrequent_access_days  = number
    archive_days            = number
    noncurrent_version_days = number
  }))
}

variable "access_log_bucket" {
  description = "Bucket that access logs are written to; null = none."
  type        = string
  default     = null
}

variable "replica_bucket_arns" {
  description = "ARN of the bucket in the other region, by bucket name; empty = no replication."
  type        = map(string)
  default     = {}
}

variable "replica_kms_key_arn" {
  description = "Key of the other region; null where nothing is replicated."
  type        = string
  default     = null
}
