// Names and numbers that belong to the cluster's installed components and not to any platform, each with its source.

/** The IPv6 address of what `ClusterPlan.addresses.metadata` is: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
export const instanceMetadataV6 = 'fd00:ec2::254/128';

/** The cluster's resolver: https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/ */
export const resolver = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } as const;

/** Envoy Gateway: https://gateway.envoyproxy.io/docs/tasks/operations/customize-envoyproxy/ */
export const envoyGateway = {
  namespace: 'envoy-gateway-system',
  controller: { 'control-plane': 'envoy-gateway' },
  controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
  /** Port by which proxies fetch their configuration (xDS). */
  configurationPort: 18000,
  proxy: { 'app.kubernetes.io/name': 'envoy' },
  /** Ports below 1024 are moved up by 10000 in the container: https://gateway.envoyproxy.io/docs/api/extension_types/ */
  ports: { http: 10080, https: 10443 },
} as const;

/** Pods that answer Let's Encrypt: https://cert-manager.io/docs/configuration/acme/http01/ */
export const solver = { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 } as const;

/** Label of Prometheus' pods: https://prometheus-operator.dev/docs/platform/troubleshooting/ */
export const prometheus = { 'app.kubernetes.io/name': 'prometheus' } as const;

/** What scales workers by how far they are behind: https://keda.sh/docs/latest/deploy/ */
export const keda = { namespace: 'keda', labels: { app: 'keda-operator' } } as const;

/**
 * Disk of a container whose folders are in memory: its log, which the kubelet keeps in 5 files of 10 MiB.
 * https://kubernetes.io/docs/concepts/cluster-administration/logging/#log-rotation
 */
export const logMiB = 64;

/** What kube-score cannot know: pods that an operator, a controller or a service's own kustomization makes. */
export const podsElsewhere = {
  policy: { 'kube-score/ignore': 'networkpolicy-targets-pod' },
  service: { 'kube-score/ignore': 'service-targets-pod' },
} as const;

/** Istio's control plane, from which sidecars fetch certificates: https://istio.io/latest/docs/ops/deployment/application-requirements/ */
export const istio = {
  namespace: 'istio-system',
  labels: { app: 'istiod' },
  port: 15012,
  trustDomain: 'cluster.local',
} as const;
