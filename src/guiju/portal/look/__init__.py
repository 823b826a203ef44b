"""How the portal looks: page shell, components and style, server-rendered, whole without scripts."""
