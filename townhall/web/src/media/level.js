/** The microphone's level, so that people see that they will be heard. */

const EVERY_MS = 100;
const CALM_MS = 500; // for people who asked their system for less motion
const LOUD = 0.3; // root mean square of a loud voice: the end of the scale

/**
 * Shows the level of a stream's sound until it is stopped.
 * @param {MediaStream} stream
 * @param {(level: number) => void} show 0 to 1
 * @returns {() => void} stops it
 */
export function watchLevel(stream, show) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const timer = setInterval(
    () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      show(Math.min(1, Math.sqrt(power) / LOUD));
    },
    calm ? CALM_MS : EVERY_MS,
  );
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
