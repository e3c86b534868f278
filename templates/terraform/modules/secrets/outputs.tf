output "arns" {
  description = "ARN of each entry, by name."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}
