import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';

// assembly/ is AssemblyScript: the asc compiler checks it.
export default ts.config(
  { ignores: ['dist', 'build', 'assembly'] },
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.node } }, rules: { eqeqeq: 'error', 'prefer-const': 'error' } },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strict, ts.configs.stylistic],
    rules: { '@typescript-eslint/class-literal-property-style': 'off' },
  },
  {
    files: ['**/page.js', 'test/runtimes/{worker,worker-entry,edge-entry}.js', 'test/runtimes/shims/**'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['test/**'], rules: { 'no-empty': ['error', { allowEmptyCatch: true }] } },
  {
    files: ['test/types.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/ban-ts-comment': 'off',
    },
  },
);
