// The names of metrics that each source provides, from the sources' own documentation: what queries are held to.

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** https://github.com/siimon/prom-client/tree/master/lib/metrics, and the request histogram that the accessor registers. */
export const promClient = words(`
  process_cpu_seconds_total process_resident_memory_bytes process_open_fds process_max_fds process_start_time_seconds
  nodejs_eventloop_lag_seconds nodejs_eventloop_lag_p50_seconds nodejs_eventloop_lag_p90_seconds nodejs_eventloop_lag_p99_seconds
  nodejs_heap_size_total_bytes nodejs_heap_size_used_bytes nodejs_external_memory_bytes nodejs_gc_duration_seconds
  nodejs_active_handles_total nodejs_active_resources_total nodejs_version_info
  http_request_duration_seconds_bucket http_request_duration_seconds_count http_request_duration_seconds_sum
`);

/** https://github.com/open-telemetry/opentelemetry-js-contrib/tree/main/packages/instrumentation-runtime-node */
export const openTelemetry = words(`
  http_server_request_duration_seconds_bucket http_server_request_duration_seconds_count http_server_request_duration_seconds_sum
  v8js_memory_heap_used_bytes v8js_memory_heap_limit_bytes nodejs_eventloop_delay_p99_seconds
`);

/** By kind of resource, of the exporter that the catalog chooses. */
export const exporters: Readonly<Record<string, readonly string[]>> = {
  // https://github.com/prometheus-community/postgres_exporter
  postgres: words(`
    pg_up pg_stat_activity_count pg_settings_max_connections pg_replication_lag_seconds pg_stat_database_deadlocks
    pg_stat_archiver_last_archive_age pg_stat_archiver_failed_count pg_replication_slots_active
  `),
  // https://github.com/oliver006/redis_exporter
  redis: words(`
    redis_up redis_memory_used_bytes redis_memory_max_bytes redis_evicted_keys_total redis_connected_clients
    redis_config_maxclients redis_rejected_connections_total redis_aof_last_write_status
  `),
  // https://github.com/percona/mongodb_exporter/blob/main/REFERENCE.md
  mongodb: words(`
    mongodb_up mongodb_rs_members_health mongodb_rs_members_optimeDate mongodb_ss_connections
  `),
  // https://github.com/danielqsj/kafka_exporter
  kafka: words(`
    kafka_brokers kafka_consumergroup_lag kafka_topic_partition_under_replicated_partition kafka_topic_partition_leader
  `),
  // https://clickhouse.com/docs/operations/server-configuration-parameters/settings#prometheus
  clickhouse: words(`
    ClickHouseProfileEvents_RejectedInserts ClickHouseProfileEvents_DelayedInserts ClickHouseProfileEvents_Query
    ClickHouseAsyncMetrics_DiskAvailable_default ClickHouseAsyncMetrics_DiskUsed_default ClickHouseAsyncMetrics_CGroupMemoryUsed
    ClickHouseAsyncMetrics_CGroupMemoryTotal ClickHouseMetrics_ReadonlyReplica ClickHouseAsyncMetrics_Uptime
  `),
  // https://github.com/prometheus-community/elasticsearch_exporter
  elasticsearch: words(`
    elasticsearch_cluster_health_status elasticsearch_filesystem_data_available_bytes elasticsearch_filesystem_data_size_bytes
    elasticsearch_jvm_memory_used_bytes elasticsearch_jvm_memory_max_bytes elasticsearch_cluster_health_number_of_nodes
  `),
};

/** By the name of the component that has a monitor of its own in a cluster. */
export const components: Readonly<Record<string, readonly string[]>> = {
  // https://github.com/kubernetes/kube-state-metrics/tree/main/docs
  'kube-state-metrics': words(`
    kube_resourcequota kube_node_status_condition kube_pod_container_status_restarts_total kube_pod_status_ready
    kube_pod_container_status_waiting_reason kube_pod_container_status_last_terminated_reason kube_pod_container_status_last_terminated_timestamp
    kube_pod_status_phase kube_pod_owner kube_pod_info
    kube_deployment_spec_replicas kube_deployment_status_replicas_available kube_deployment_status_replicas_updated
    kube_deployment_status_condition kube_horizontalpodautoscaler_status_current_replicas
    kube_horizontalpodautoscaler_spec_max_replicas kube_poddisruptionbudget_status_desired_healthy
    kube_poddisruptionbudget_status_current_healthy kube_job_status_failed kube_job_failed kube_job_owner kube_job_info kube_job_complete
    kube_cronjob_status_last_successful_time kube_cronjob_created kube_cronjob_spec_suspend kube_cronjob_status_last_schedule_time
  `),
  // https://cert-manager.io/docs/devops-tips/prometheus-metrics/
  'cert-manager': words(`
    certmanager_certificate_ready_status certmanager_certificate_expiration_timestamp_seconds
    certmanager_certificate_renewal_timestamp_seconds certmanager_certificate_not_after_timestamp_seconds
    certmanager_certificate_not_before_timestamp_seconds
  `),
  // https://keda.sh/docs/latest/integrations/prometheus/
  'keda-operator': words('keda_scaler_metrics_value keda_scaler_errors keda_scaler_active'),
  // https://argo-rollouts.readthedocs.io/en/stable/features/controller-metrics/
  'argo-rollouts': words('rollout_info rollout_phase rollout_reconcile analysis_run_info'),
  // https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
  'argocd-metrics': words('argocd_app_info argocd_app_sync_total'),
};

/** https://kubernetes.io/docs/reference/instrumentation/metrics/ and https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md */
export const kubelet = words(`
  kubelet_volume_stats_available_bytes kubelet_volume_stats_capacity_bytes container_cpu_usage_seconds_total
  container_cpu_cfs_periods_total container_cpu_cfs_throttled_periods_total container_memory_working_set_bytes
`);

/** What Prometheus says of its targets and itself, and Alertmanager of its messages. */
export const watching = words(`
  up ALERTS prometheus_notifications_alertmanagers_discovered prometheus_notifications_errors_total
  prometheus_rule_evaluation_failures_total prometheus_config_last_reload_successful alertmanager_config_last_reload_successful
  alertmanager_notifications_failed_total
`);
