output "role_arn" {
  description = "Variable AWS_ROLE_ARN of the environment on GitHub."
  value       = aws_iam_role.deploy.arn
}
