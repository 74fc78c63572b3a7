import { expect, test } from 'vitest';
import { distinctNames, shortName } from './short-name.ts';

const short = (name: string, language: 'go' | 'c++' | 'rust' = 'c++') => {
  const { place, name: own } = shortName(name, language);
  return `${place}|${own}`;
};

test('arguments and template arguments go first, the last name and the compiler’s suffix stay', () => {
  expect(short('store::Engine::query(int, std::engine<unsigned long, (unsigned long)32>&) [clone .isra.0]')).toBe(
    'store::Engine::|query [.isra.0]',
  );
  expect(short('store::Table<int, std::pair<int, long> >::lookup(int const&)')).toBe('store::Table::|lookup');
  expect(short('int shapes::total<int>(std::vector<int> const&)')).toBe('int shapes::|total');
  expect(short('main.cold')).toBe('|main [.cold]');
  expect(short('net/rpc.(*Client).Call', 'go')).toBe('net/rpc.|(*Client).Call');
  expect(short('slices.Index[go.shape.string]', 'go')).toBe('slices.|Index');
  expect(short('fib(int)')).toBe('|fib');
});

test('operators, lambdas, closures and trait methods keep what names them', () => {
  expect(short('shapes::Square::operator()(char const*)')).toBe('shapes::|Square::operator()');
  expect(short('main::{lambda(int)#3}::operator()() const')).toBe('main::|{lambda(int)#3}::operator()');
  expect(short('a::operator<< <char>(std::ostream&, char)')).toBe('a::|operator<<');
  expect(short('a::B::operator->() const')).toBe('a::B::|operator->');
  expect(short('server::handle::{{closure}}', 'rust')).toBe('server::|handle::{{closure}}');
  expect(short('<alloc::vec::Vec<T> as core::ops::Drop>::drop', 'rust')).toContain('|drop');
  expect(short('(anonymous namespace)::helper(int)')).toBe('(anonymous namespace)::|helper');
});

test('side by side, overloads and template instances keep what tells them apart', () => {
  const names = distinctNames(
    ['shapes::scale(long)', 'shapes::scale(char)', 'shapes::total<int>(int)', 'shapes::total<char>(char)', 'a::b(int)'],
    'c++',
  );
  expect(names.map(({ name }) => name)).toEqual(['scale(long)', 'scale(char)', 'total<int>', 'total<char>', 'b']);
});
