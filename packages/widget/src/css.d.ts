/** Style sheets are bundled as minified text and adopted by the shadow root: no style element, no inline style. */
declare module '*.css' {
  const text: string
  export default text
}
