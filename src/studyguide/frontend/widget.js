// The notebook host: anywidget hands over its model and an empty element; the markup comes from Python's templates.
export default {
  render({ model, el }) {
    el.innerHTML = model.get("markup");
    return enhanceActivity({ model, el });
  },
};
