variable "name_prefix" {
  description = "Before every name, for example daorsagro-production."
  type        = string
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}

variable "cidr" {
  description = "Address range of the network."
  type        = string
}

variable "private_subnets" {
  description = "One range for each zone: nodes, pods and data stores."
  type        = list(string)
}

variable "public_subnets" {
  description = "One range for each zone: load balancers and NAT gateways."
  type        = list(string)
}

variable "nat_gateways" {
  description = "Ways out: one for all zones, or one for each."
  type        = number
}

variable "endpoints" {
  description = "Services of AWS that are reached inside the network, by their short names."
  type        = list(string)
}

variable "flow_log_days" {
  description = "How long it is kept who talked to whom. Unit: days."
  type        = number
}

variable "cluster_name" {
  description = "Cluster whose load balancers find the subnets by their tags; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that the logs are encrypted with."
  type        = string
}

variable "region" {
  description = "Region of the network."
  type        = string
}

variable "zones" {
  description = "Letters of the availability zones, as many as there are subnets of each sort."
  type        = list(string)
}
