// The gate: /bug, /feedback and /share run only when `transcrub bug --gate` says that what is in memory and on disk is
// clean. Kept tiny: a module that does not load leaves /bug open.
const REFUSED = 'Not sent: transcrub could not check this session. Is `transcrub` on the PATH? Try `transcrub bug`.'

export const register = (on) => {
  on('session.start', async ($, e, next) => {
    await $.process.run(['transcrub', 'hook', '--loaded', await $.session.id()], { timeoutMs: 5000 })
    return next(e)
  }).catch(async ($, e, next) => next(e))

  on('command.run', { command: ['bug', 'feedback', 'share'] }, async ($, e, next) => {
    const id = await $.session.id()
    const messages = JSON.stringify(await $.session.messages())
    const ran = await $.process.run(['transcrub', 'bug', '--gate', id], { stdin: messages, timeoutMs: 60000 })
    if (ran.exitCode === 0 && ran.stdout === '') return next(e)
    return { text: ran.exitCode === 2 && ran.stdout ? ran.stdout : REFUSED }
  }).catch(async () => ({ text: REFUSED }))
}
