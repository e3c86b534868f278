# What the root and the services need to know.
output "endpoint" {
  description = "Host of S3 in this region."
  value       = "s3.${data.aws_region.current.id}.amazonaws.com"
}

output "port" {
  description = "Port, HTTPS only."
  value       = 443
}

output "security_group_id" {
  description = "S3 has none: null."
  value       = null
}

output "secret_arn" {
  description = "Identities take the place of passwords: null."
  value       = null
}

output "bucket_arns" {
  description = "ARN of each bucket by its name."
  value       = { for name, bucket in aws_s3_bucket.this : name => bucket.arn }
}
