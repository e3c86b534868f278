variable "names" {
  description = "Entries: PLATFORM/ENVIRONMENT/SERVICE/STORE and the like."
  type        = list(string)
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}

variable "kms_key_arn" {
  description = "Key of the entries."
  type        = string
}
