// Holds texts until they are written: as they are while they are few, packed when they would fill the memory.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Gives the text back. */
export type HeldText = () => string;

export type Holder = (text: string) => HeldText;

/** Characters that are held as they are; generated text beyond them shrinks to about a tenth. 64 MiB: some hundred services. */
const plainCharacters = 64 * 1024 * 1024;

/** Short texts would hardly shrink, and each packing costs the same. */
const shortText = 1024;

/** Packs in the order of coming: the fastest level, since nothing of it lasts longer than the run. */
export function textHolder(limit = plainCharacters): Holder {
  let plain = 0;
  return (text) => {
    if (plain + text.length <= limit || text.length < shortText) {
      plain += text.length;
      return () => text;
    }
    const packed = deflateRawSync(text, { level: 1 });
    return () => inflateRawSync(packed).toString();
  };
}
