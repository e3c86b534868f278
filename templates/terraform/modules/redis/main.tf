# A Redis store by Amazon ElastiCache for Valkey: primary and replicas, TLS, one user for each service.
locals {
  identifier = var.name_prefix
}

resource "aws_elasticache_subnet_group" "this" {
  name        = local.identifier
  description = "Private subnets of ${local.identifier}"
  subnet_ids  = var.private_subnet_ids
  tags        = var.tags
}

resource "aws_security_group" "this" {
  name        = local.identifier
  description = "Valkey ${local.identifier}: the cluster's nodes connect, nothing goes out"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.identifier })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.this.id
  description                  = "Valkey from the cluster's nodes"
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  tags                         = var.tags
}

resource "aws_elasticache_parameter_group" "this" {
  name        = local.identifier
  family      = var.parameter_family
  description = "Settings of ${local.identifier}, by the formulas of the platform"
  tags        = var.tags

  dynamic "parameter" {
    for_each = var.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

# The first password of each user, which nobody knows: the service's own is set by `aws elasticache modify-user` from the secret
# store, so that it is in no state, and Terraform leaves that alone.
data "aws_secretsmanager_random_password" "first" {
  password_length     = 64
  exclude_punctuation = true
}

# A user for each service with the least that it needs; Valkey's own `default` user is not in the group.
resource "aws_elasticache_user" "service" {
  for_each      = var.users
  user_id       = "${trimsuffix(substr(replace(each.key, "_", "-"), 0, 24), "-")}-${substr(sha1("${local.identifier}/${each.key}"), 0, 8)}"
  user_name     = each.key
  engine        = "valkey"
  access_string = each.value.access_string
  tags          = var.tags

  authentication_mode {
    type      = "password"
    passwords = [data.aws_secretsmanager_random_password.first.random_password]
  }

  lifecycle {
    ignore_changes = [authentication_mode]
  }
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = local.identifier
  engine        = "valkey"
  user_ids      = [for user in aws_elasticache_user.service : user.user_id]
  tags          = var.tags
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["slow-log", "engine-log"])
  name              = "/aws/elasticache/${local.identifier}/${each.value}"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = local.identifier
  description          = "Store ${local.identifier}"
  engine               = "valkey"
  engine_version       = var.engine_version
  node_type            = var.node_type
  port                 = 6379

  num_cache_clusters         = 1 + var.replicas
  automatic_failover_enabled = var.multi_az
  multi_az_enabled           = var.multi_az

  parameter_group_name = aws_elasticache_parameter_group.this.name
  subnet_group_name    = aws_elasticache_subnet_group.this.name
  security_group_ids   = [aws_security_group.this.id]

  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]

  snapshot_retention_limit   = var.snapshot_retention_days
  snapshot_window            = var.snapshot_window
  maintenance_window         = var.maintenance_window
  auto_minor_version_upgrade = true
  apply_immediately          = false

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.this
    content {
      destination      = log_delivery_configuration.value.name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.key
    }
  }

  tags = var.tags
}
