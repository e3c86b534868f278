# What the root and the services need to know.
output "endpoint" {
  description = "Host of the primary."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "reader_endpoint" {
  description = "Host that spreads reads over the replicas."
  value       = aws_elasticache_replication_group.this.reader_endpoint_address
}

output "port" {
  description = "Port, TLS only."
  value       = aws_elasticache_replication_group.this.port
}

output "security_group_id" {
  description = "Security group of the nodes."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "There is no administrator: null."
  value       = null
}

output "arn" {
  description = "ARN of the replication group."
  value       = aws_elasticache_replication_group.this.arn
}

output "user_ids" {
  description = "Id of each user by its name, for the command that sets its password."
  value       = { for name, user in aws_elasticache_user.service : name => user.user_id }
}
