# Kafka by Amazon MSK: brokers over the zones; services log in by SASL/SCRAM over TLS, the job that makes topics and rights by IAM.
locals {
  identifier = var.name_prefix
}

resource "aws_security_group" "this" {
  name        = local.identifier
  description = "Kafka ${local.identifier}: the cluster's nodes connect, brokers among themselves"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = local.identifier })

  lifecycle {
    create_before_destroy = true
  }
}

# 9096 is SASL/SCRAM over TLS, 9098 IAM over TLS: https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
resource "aws_vpc_security_group_ingress_rule" "nodes" {
  for_each                     = { scram = 9096, iam = 9098 }
  security_group_id            = aws_security_group.this.id
  description                  = "Kafka (${each.key}) from the cluster's nodes"
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  tags                         = var.tags
}

resource "aws_msk_configuration" "this" {
  name           = local.identifier
  description    = "Settings of ${local.identifier}, by the formulas of the platform"
  kafka_versions = [var.kafka_version]
  server_properties = join("\n", [
    for name in sort(keys(var.server_properties)) : "${name} = ${var.server_properties[name]}"
  ])
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/msk/${local.identifier}"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_msk_cluster" "this" {
  cluster_name           = local.identifier
  kafka_version          = var.kafka_version
  number_of_broker_nodes = var.brokers
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = slice(var.private_subnet_ids, 0, min(var.brokers, length(var.private_subnet_ids)))
    security_groups = [aws_security_group.this.id]

    storage_info {
      ebs_storage_info {
        volume_size = var.volume_gib
      }
    }

    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  client_authentication {
    unauthenticated = false
    sasl {
      scram = true
      iam   = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  open_monitoring {
    prometheus {
      jmx_exporter {
        enabled_in_broker = true
      }
      node_exporter {
        enabled_in_broker = true
      }
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.this.name
      }
    }
  }

  tags = var.tags

  lifecycle {
    # Storage grows by itself.
    ignore_changes = [broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size]
  }
}

resource "aws_msk_scram_secret_association" "this" {
  count           = length(var.scram_secret_arns) > 0 ? 1 : 0
  cluster_arn     = aws_msk_cluster.this.arn
  secret_arn_list = var.scram_secret_arns
}

resource "aws_appautoscaling_target" "storage" {
  min_capacity       = 1
  max_capacity       = var.max_volume_gib
  resource_id        = aws_msk_cluster.this.arn
  scalable_dimension = "kafka:broker-storage:VolumeSize"
  service_namespace  = "kafka"
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "storage" {
  name               = "${local.identifier}-storage"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.storage.resource_id
  scalable_dimension = aws_appautoscaling_target.storage.scalable_dimension
  service_namespace  = aws_appautoscaling_target.storage.service_namespace

  target_tracking_scaling_policy_configuration {
    disable_scale_in = true
    target_value     = 70

    predefined_metric_specification {
      predefined_metric_type = "KafkaBrokerStorageUtilization"
    }
  }
}
