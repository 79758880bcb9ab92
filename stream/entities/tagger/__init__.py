"""The English recogniser: tokens, features, model, and the spans they give."""
