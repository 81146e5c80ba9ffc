/** Camera and microphone are switched on as soon as the page is loaded, before anybody agreed to it. */
export const cameraAtLoad = {
  name: "camera-at-load",
  page: {
    opened() {
      void navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    },
  },
};
