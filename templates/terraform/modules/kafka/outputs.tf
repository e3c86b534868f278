# What the root and the services need to know.
output "endpoint" {
  description = "Host of the first broker for SASL/SCRAM; clients learn of the others from it."
  value       = split(":", split(",", aws_msk_cluster.this.bootstrap_brokers_sasl_scram)[0])[0]
}

output "brokers" {
  description = "All brokers for SASL/SCRAM, HOST:PORT separated by commas."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_scram
}

output "brokers_iam" {
  description = "All brokers for IAM: what the job that makes topics and rights uses."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
}

output "port" {
  description = "Port of SASL/SCRAM over TLS."
  value       = 9096
}

output "security_group_id" {
  description = "Security group of the brokers."
  value       = aws_security_group.this.id
}

output "secret_arn" {
  description = "There is no administrator with a password: null."
  value       = null
}

output "arn" {
  description = "ARN of the cluster."
  value       = aws_msk_cluster.this.arn
}
