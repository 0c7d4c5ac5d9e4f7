/**
 * A small cairn before a hill: the picture of the welcome page. It says nothing that the words do not.
 *
 * Its points are a file of their own, which takes on the colours of this page. Firefox before 132 leaves it out.
 */
export function CairnPicture() {
  return (
    <svg class="cairn" viewBox="-46 -26 316 172" aria-hidden="true">
      <use href="/static/pictures/cairn.svg#cairn" />
    </svg>
  );
}
