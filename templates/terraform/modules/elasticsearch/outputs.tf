# What the root and the services need to know.
output "endpoint" {
  description = "Host, inside the VPC."
  value       = aws_opensearch_domain.this.endpoint
}

output "port" {
  description = "Port, HTTPS only."
  value       = 443
}

output "security_group_id" {
  description = "Security group of the domain."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "The administrator's password is in no secret until somebody sets it: null."
  value       = null
}

output "arn" {
  description = "ARN of the domain."
  value       = aws_opensearch_domain.this.arn
}

output "domain_name" {
  description = "Name of the domain, for the command that sets the administrator's password."
  value       = aws_opensearch_domain.this.domain_name
}
