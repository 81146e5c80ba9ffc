/** Flaws: the sound leaves later than the picture that belongs to it, by so much that lips and words fall apart. */

/** @param {string} name of the flaw @param {number} seconds by which the sound is late */
function late(name, seconds) {
  return {
    name,
    page: {
      protect(set, pc, side) {
        set();
        const sender = pc.getSenders().at(-1);
        if (side !== "send" || sender.track?.kind !== "audio") return;
        const graph = new AudioContext();
        const output = graph.createMediaStreamDestination();
        graph
          .createMediaStreamSource(new MediaStream([sender.track]))
          .connect(new DelayNode(graph, { delayTime: seconds, maxDelayTime: seconds }))
          .connect(output);
        void sender.replaceTrack(output.stream.getAudioTracks()[0]);
      },
    },
  };
}

export const lipSyncOff = late("lip-sync-off", 0.25);
export const lateAudio = late("late-audio", 0.5);
