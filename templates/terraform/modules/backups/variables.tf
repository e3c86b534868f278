variable "bucket" {
  description = "Bucket of the backups."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the backups."
  type        = string
}

variable "lifecycle_rules" {
  description = "What is removed after how many days, by key prefix."
  type        = list(object({ prefix = string, expire_days = number }))
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}

variable "replica" {
  description = "Bucket in another region that gets a copy of every object, and its key; null = none."
  type        = object({ bucket_arn = string, kms_key_arn = string })
  default     = null
}
