output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "node_security_group_id" {
  description = "Group of nodes and pods, which data stores let in."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "oidc_issuer" {
  description = "Issuer of the service accounts' tokens."
  value       = aws_eks_cluster.this.identity[0].oidc[0].issuer
}

output "arn" {
  description = "The cluster."
  value       = aws_eks_cluster.this.arn
}
