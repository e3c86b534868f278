variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "name_prefix" {
  description = "Before every name."
  type        = string
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
}

variable "kubernetes_version" {
  description = "MAJOR.MINOR."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets of the nodes."
  type        = list(string)
}

variable "service_cidr" {
  description = "Addresses of Services, outside of the network."
  type        = string
}

variable "api_access" {
  description = "Ranges that may reach the API from outside; empty: from the network only."
  type        = list(string)

  validation {
    condition     = !contains([for range in var.api_access : endswith(range, "/0")], true)
    error_message = "The API of the cluster is never open to everybody."
  }
}

variable "administrators" {
  description = "ARNs of IAM roles that administrate the cluster."
  type        = list(string)
}

variable "log_days" {
  description = "How long the logs of the control plane are kept. Unit: days."
  type        = number
}

variable "kms_key_arn" {
  description = "Key of secrets, logs and disks."
  type        = string
}

variable "node_groups" {
  description = "Groups of nodes."
  type = list(object({
    name           = string
    capacity       = string
    instance_types = list(string)
    minimum        = number
    desired        = number
    maximum        = number
    disk_gib       = number
    labels         = map(string)
    taints         = list(object({ key = string, value = string, effect = string }))
  }))
}
