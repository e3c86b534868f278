output "zone_id" {
  description = "The private zone."
  value       = aws_route53_zone.internal.zone_id
}
