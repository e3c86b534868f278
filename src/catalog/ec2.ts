// Types of EC2 instances that nodes are made of, and what pods can use of one.

import { instanceTypes } from './prices/instance-types';

export interface InstanceTypeFacts {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** Pods that the addresses of its network interfaces carry. */
  readonly pods: number;
}

/**
 * By size: https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/eni-max-pods.txt, at most 110 as Kubernetes advises.
 */
const podsBySize: Readonly<Record<string, number>> = {
  large: 29,
  xlarge: 58,
  '2xlarge': 58,
  '4xlarge': 110,
  '8xlarge': 110,
};

const sizeOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** General purpose, four GiB for each core, smallest first: https://aws.amazon.com/ec2/instance-types/m6i/ */
export const nodeTypes: readonly InstanceTypeFacts[] = instanceTypes.ec2.map(({ name, vcpus, memoryMiB }) => {
  const pods = podsBySize[sizeOf(name)];
  if (pods === undefined) throw new Error(`BUG: nobody knows how many pods ${name} carries`);
  return { name, cores: vcpus, memoryMiB, pods };
});

/** The same sizes of neighbouring families: spot capacity is taken back less often where there are several to choose from. */
export const spotTypesOf = (name: string): readonly string[] =>
  ['m6i', 'm6a', 'm7i', 'm7a'].map((family) => `${family}.${sizeOf(name)}`);

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
