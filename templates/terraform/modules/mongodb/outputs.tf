# What the root and the services need to know.
output "endpoint" {
  description = "Host that writes."
  value       = aws_docdb_cluster.this.endpoint
}

output "reader_endpoint" {
  description = "Host that spreads reads."
  value       = aws_docdb_cluster.this.reader_endpoint
}

output "port" {
  description = "Port, TLS only."
  value       = aws_docdb_cluster.this.port
}

output "security_group_id" {
  description = "Security group of the cluster."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "Secret with the administrator's user and password."
  value       = one(aws_docdb_cluster.this.master_user_secret[*].secret_arn)
}

output "arn" {
  description = "ARN of the cluster."
  value       = aws_docdb_cluster.this.arn
}
