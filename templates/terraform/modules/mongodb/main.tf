# A MongoDB interface by Amazon DocumentDB: a cluster of one or more instances over one storage volume.
locals {
  identifier = var.name_prefix
  logs       = toset(["audit", "profiler"])
}

resource "aws_docdb_subnet_group" "this" {
  name        = local.identifier
  description = "Private subnets of ${local.identifier}"
  subnet_ids  = var.private_subnet_ids
  tags        = var.tags
}

resource "aws_security_group" "this" {
  name        = local.identifier
  description = "DocumentDB ${local.identifier}: the cluster's nodes connect, nothing goes out"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.identifier })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.this.id
  description                  = "DocumentDB from the cluster's nodes"
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 27017
  to_port                      = 27017
  tags                         = var.tags
}

resource "aws_docdb_cluster_parameter_group" "this" {
  name        = local.identifier
  family      = var.parameter_family
  description = "TLS and auditing of ${local.identifier}"
  tags        = var.tags

  # Nobody connects without TLS.
  parameter {
    name  = "tls"
    value = "enabled"
  }

  # Logins and changes of users, databases and indices are recorded.
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }

  # Operations that take longer than a second are recorded.
  parameter {
    name  = "profiler"
    value = "enabled"
  }

  parameter {
    name  = "profiler_threshold_ms"
    value = "1000"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.logs
  name              = "/aws/docdb/${local.identifier}/${each.value}"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_docdb_cluster" "this" {
  cluster_identifier = local.identifier
  engine             = "docdb"
  engine_version     = var.engine_version
  port               = 27017

  # AWS makes the administrator's password and keeps it in Secrets Manager.
  master_username             = "administrator"
  manage_master_user_password = true

  db_subnet_group_name            = aws_docdb_subnet_group.this.name
  vpc_security_group_ids          = [aws_security_group.this.id]
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.this.name
  storage_encrypted               = true
  kms_key_id                      = var.kms_key_arn

  backup_retention_period      = var.backup_retention_days
  preferred_backup_window      = var.backup_window
  preferred_maintenance_window = var.maintenance_window
  skip_final_snapshot          = false
  final_snapshot_identifier    = "${local.identifier}-final"
  deletion_protection          = true
  apply_immediately            = false

  enabled_cloudwatch_logs_exports = local.logs

  tags       = var.tags
  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_docdb_cluster_instance" "this" {
  count                           = var.instances
  identifier                      = "${local.identifier}-${count.index + 1}"
  cluster_identifier              = aws_docdb_cluster.this.id
  instance_class                  = var.instance_class
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
  preferred_maintenance_window    = var.maintenance_window
  auto_minor_version_upgrade      = true
  copy_tags_to_snapshot           = true
  apply_immediately               = false
  enable_performance_insights     = true
  performance_insights_kms_key_id = var.kms_key_arn
  tags                            = var.tags
}
