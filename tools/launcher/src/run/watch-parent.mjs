// Preloaded into every child (`node --import`): its channel to the launcher closes when the launcher dies, however that happens.
const lastChanceMs = 2_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), lastChanceMs).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel alone keeps no finished child alive.
process.channel?.unref();
