# What the root and the services need to know.
output "endpoint" {
  description = "Host that services connect to: the proxy, where there is one."
  value       = local.proxied ? aws_db_proxy.this[0].endpoint : aws_db_instance.this.address
}

output "server_endpoint" {
  description = "Host of the server itself, for migrations, backups and the exporter."
  value       = aws_db_instance.this.address
}

output "replica_endpoints" {
  description = "Hosts of the read replicas."
  value       = aws_db_instance.replica[*].address
}

output "port" {
  description = "Port of the server and of the proxy."
  value       = aws_db_instance.this.port
}

output "security_group_id" {
  description = "Security group of the server and of the proxy."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "Secret with the administrator's user and password, which AWS changes."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "arn" {
  description = "ARN of the instance, for the copies of its backups in another region."
  value       = aws_db_instance.this.arn
}
