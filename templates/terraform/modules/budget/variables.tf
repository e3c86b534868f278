variable "name_prefix" {
  description = "Before every name."
  type        = string
}

variable "monthly_limit" {
  description = "Most that a month is to cost. Unit: US dollars."
  type        = number
}

variable "email" {
  description = "Who is written to."
  type        = string
}
