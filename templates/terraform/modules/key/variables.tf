variable "name_prefix" {
  description = "Before every name."
  type        = string
}

variable "account" {
  description = "Account whose administrators manage the key."
  type        = string
}

variable "region" {
  description = "Region whose logs may be encrypted with it."
  type        = string
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}
