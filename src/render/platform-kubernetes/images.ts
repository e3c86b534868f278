// Turns images into the entries of a kustomization where a digest is set.
import type { ImageReference } from '../../catalog/facts';

/** Where a digest is set, by hand or by an updater. */
export function imagesOf(images: readonly ImageReference[]): object[] {
  const byName = new Map(images.map((image) => [image.repository, image]));
  return [...byName.values()]
    .sort((a, b) => (a.repository < b.repository ? -1 : 1))
    .map(({ repository, tag, digest }) => ({
      name: repository,
      newTag: tag,
      ...(digest === null ? {} : { digest }),
    }));
}
