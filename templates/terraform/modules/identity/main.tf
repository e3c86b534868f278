# A role that the pods of one service account take, with what they need and nothing else.

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { Service = "pods.eks.amazonaws.com" }
      # Two service accounts of other clusters may have the same name.
      Condition = { StringEquals = { "aws:RequestTag/eks-cluster-name" = var.cluster_name } }
    }]
  })

  tags = var.tags
}

resource "aws_iam_role_policy" "this" {
  name = "needs"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in var.statements : { Effect = "Allow", Action = statement.actions, Resource = statement.resources }]
  })
}

resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = var.cluster_name
  namespace       = var.namespace
  service_account = var.service_account
  role_arn        = aws_iam_role.this.arn

  tags = var.tags
}
