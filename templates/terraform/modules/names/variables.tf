variable "internal_zone" {
  description = "Private zone of the data stores, for example production.daorsagro.internal."
  type        = string
}

variable "vpc_id" {
  description = "Network in which the zone is known."
  type        = string
}

variable "endpoints" {
  description = "Host of each managed data store, by the instance's name."
  type        = map(string)
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}
