// Makes the development secrets that the manifest names: `node secrets.mjs MANIFEST FOLDER`.
//
// FOLDER/values/ID holds each value: made at random once, then kept, so that it can be replaced by hand.
// FOLDER/files/CONTAINER holds the files that the container mounts, assembled from the values.
import { randomInt } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const [manifestFile, root] = process.argv.slice(2);
const { sources, folders } = JSON.parse(readFileSync(manifestFile, 'utf8'));
const owner = statSync(root);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

// Everything belongs to whoever owns FOLDER, so that it can be read, replaced and removed without becoming root.
// A shared folder of a virtual machine may refuse a change of owner; there it looks as if it belonged to them already.
const giveToOwner = (path) => {
  try {
    chownSync(path, owner.uid, owner.gid);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
  }
};

const named = (name) => {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) throw new Error(`not a file name: ${JSON.stringify(name)}`);
  return name;
};

const makeFolder = (path, mode) => {
  if (mkdirSync(path, { recursive: true }) === undefined) return path;
  chmodSync(path, mode);
  giveToOwner(path);
  return path;
};

const readOrNull = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
};

// By rename, so that a running container never reads half a file.
const writeFile = (path, text, mode) => {
  if (readOrNull(path) === text) return;
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  writeFileSync(partial, text);
  chmodSync(partial, mode);
  giveToOwner(partial);
  renameSync(partial, path);
};

const random = (length) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

// Nobody else on this machine gets past these two folders. Inside of them a container's files are readable to all, since
// each container runs as a user of its own that the owner of FOLDER cannot be; it sees no folder but its own.
const values = makeFolder(join(root, 'values'), 0o700);
const files = makeFolder(join(root, 'files'), 0o700);

const valueFor = ({ id, length, value }) => {
  const path = join(values, named(id));
  // An editor ends a file with a newline that is no part of the value.
  const kept = readOrNull(path)?.replace(/\r?\n$/, '') ?? value;
  if (kept !== null) return kept;
  const made = random(length);
  writeFile(path, made, 0o600);
  return made;
};

const secrets = new Map(sources.map((source) => [source.id, valueFor(source)]));

const textOf = (part) => {
  if (typeof part === 'string') return part;
  const value = secrets.get(part.secret);
  if (value === undefined) throw new Error(`no secret named ${part.secret}`);
  return part.encoding === 'url' ? encodeURIComponent(value) : value;
};

for (const folder of folders) {
  const path = makeFolder(join(files, named(folder.name)), 0o755);
  for (const file of folder.files) writeFile(join(path, named(file.name)), file.content.map(textOf).join(''), 0o444);
  const wanted = new Set(folder.files.map((file) => file.name));
  for (const name of readdirSync(path)) if (!wanted.has(name)) rmSync(join(path, name));
}
