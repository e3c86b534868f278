# Names of the data stores inside the network, which stay when a store is replaced by one that was restored.

resource "aws_route53_zone" "internal" {
  name    = var.internal_zone
  comment = "Data stores, inside the network only"

  vpc {
    vpc_id = var.vpc_id
  }

  tags = var.tags
}

resource "aws_route53_record" "store" {
  for_each = var.endpoints

  zone_id = aws_route53_zone.internal.zone_id
  name    = each.key
  type    = "CNAME"
  # A failover is a change of this record.
  ttl     = 60
  records = [each.value]
}
