// Types of EC2 instances that nodes are made of, and what pods can use of one.

export interface InstanceTypeFacts {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** Pods that the addresses of its network interfaces carry. */
  readonly pods: number;
}

/**
 * General purpose, four GiB for each core: https://aws.amazon.com/ec2/instance-types/m7i/
 * Pods by https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/eni-max-pods.txt, at most 110 as Kubernetes advises.
 */
export const nodeTypes: readonly InstanceTypeFacts[] = [
  { name: 'm7i.large', cores: 2, memoryMiB: 8 * 1024, pods: 29 },
  { name: 'm7i.xlarge', cores: 4, memoryMiB: 16 * 1024, pods: 58 },
  { name: 'm7i.2xlarge', cores: 8, memoryMiB: 32 * 1024, pods: 58 },
  { name: 'm7i.4xlarge', cores: 16, memoryMiB: 64 * 1024, pods: 110 },
  { name: 'm7i.8xlarge', cores: 32, memoryMiB: 128 * 1024, pods: 110 },
];

/** The same sizes of neighbouring families: spot capacity is taken back less often where there are several to choose from. */
export const spotTypesOf = (name: string): readonly string[] => {
  const size = name.slice(name.indexOf('.') + 1);
  return ['m7i', 'm7a', 'm6i', 'm6a'].map((family) => `${family}.${size}`);
};

/**
 * What the kubelet keeps back: 6 % of the first core, 1 % of the second, half a percent of the next two, a quarter of the others; 255 MiB
 * and 11 MiB for each pod, and 100 MiB before it evicts:
 * https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
export function allocatable({ cores, memoryMiB, pods }: InstanceTypeFacts): {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
} {
  const kept = [60, 10, 5, 5];
  const cpu = Array.from({ length: cores }, (_, index) => kept[index] ?? 2.5).reduce((sum, each) => sum + each, 0);
  // What the firmware and the kernel take before anybody counts: about 3 % at these sizes.
  const usable = Math.floor(memoryMiB * 0.97);
  return { cpuMillis: Math.floor(cores * 1000 - cpu), memoryMiB: usable - 255 - 11 * pods - 100 };
}
