import { expect, test } from 'vitest';
import { namePath, prefixLength } from './namespace.ts';

test.each([
  ['net/rpc.(*Client).Call', 'go', 'net/rpc.', ['net', 'rpc']],
  ['main.callAll', 'go', 'main.', ['main']],
  ['slices.Index[github.com/a/b.T]', 'go', 'slices.', ['slices']],
  ['http::httpget', 'rust', 'http::', ['http']],
  [
    '<alloc::vec::Vec<T> as core::ops::Drop>::drop',
    'rust',
    '<alloc::vec::Vec<T> as core::ops::Drop>::',
    ['<alloc::vec::Vec<T> as core::ops::Drop>'],
  ],
  ['node::fs::Read(v8::FunctionCallbackInfo<v8::Value> const&)', 'c++', 'node::fs::', ['node', 'fs']],
  ['a::(anonymous namespace)::b(int)', 'c++', 'a::(anonymous namespace)::', ['a', '(anonymous namespace)']],
  ['a::b<c::d>::operator->()', 'c++', 'a::b<c::d>::', ['a', 'b<c::d>']],
  ['deflate', 'c', '', []],
  ['uv_fs_open', 'c', '', ['uv_']],
  ['__libc_start_main', 'c', '', ['__libc_']],
  ['_start', 'c', '', []],
] as const)('where %s belongs', (name, language, prefix, path) => {
  expect(name.slice(0, prefixLength(name, language))).toBe(prefix);
  expect(namePath(name, language)).toEqual(path);
});
