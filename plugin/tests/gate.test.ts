import { describe, expect, test } from 'claude-code/testing'

const BUG = { command: 'bug', args: 'it fails', origin: { kind: 'composer' }, presentation: 'dialog' }
const OPENED = 'the dialog opens'

/** The world beneath the gate: what the program answers, and the built-in command. */
const world = (on, ran) => {
  const seen = []
  on('session.id', () => ({ value: 'id-1' }))
  on('session.messages', () => ({ value: [{ type: 'user', message: { content: 'hello' } }] }))
  on('process.run', ($, e) => {
    seen.push(e)
    return { value: ran(e) }
  })
  on('command.run', () => ({ text: OPENED }))
  return seen
}

const ended = (exitCode, stdout) => () => ({ exitCode, stdout, stderr: '', isStdoutTruncated: false, isStderrTruncated: false })

describe('the gate', () => {
  test('a clean session passes, and was shown to the program', async ($, on) => {
    const seen = world(on, ended(0, ''))
    expect((await $.command.run(BUG)).text).toBe(OPENED)
    expect(seen[0].argv).toEqual(['transcrub', 'bug', '--gate', 'id-1'])
    expect(seen[0].init.stdin).toContain('hello')
  })

  test('an unclean one is refused with what the program says', async ($, on) => {
    world(on, ended(2, 'Not sent: paste this'))
    expect((await $.command.run(BUG)).text).toBe('Not sent: paste this')
  })

  for (const [why, ran] of [
    ['a program that is missing', ended(127, '')],
    ['an old version that knows no gate', ended(2, '')],
    ['an exit code that nobody knows', ended(1, 'something')],
    ['a clean exit that says something', ended(0, 'usage: …')],
    ['a throw', () => { throw new Error('no such program') }],
  ]) {
    test(`${why} refuses`, async ($, on) => {
      world(on, ran)
      const text = (await $.command.run(BUG)).text
      expect(text).toContain('Not sent')
    })
  }

  test('feedback and share are gated too, other commands are not', async ($, on) => {
    world(on, ended(2, 'Not sent'))
    for (const command of ['feedback', 'share']) expect((await $.command.run({ ...BUG, command })).text).toBe('Not sent')
    expect((await $.command.run({ ...BUG, command: 'help' })).text).toBe(OPENED)
  })
})
