# The entries that pods read by External Secrets. Terraform makes them without a value, so that none is ever in its state.

resource "aws_secretsmanager_secret" "this" {
  for_each = toset(var.names)

  name                    = each.key
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 30

  tags = var.tags
}
