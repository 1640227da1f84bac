"""A theme: an agency's or a client's colours, logo and choices, and the bundle they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from oyez import resources
from oyez.errors import ConfigError
from oyez.render.logo import safe_logo
from oyez.render.palette import Palette, contrast

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
READABLE = 4.5  # WCAG 2.2 AA for text


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Colours(_Closed):
    """What a theme may colour."""

    primary: Colour = Field(description="Titles, bars, the cover's ground.")
    accent: Colour = Field(description="Numbers of findings, events, rules.")
    positive: Colour = Field("#2E8B6A", description="Better, or a positive mention.")
    negative: Colour = Field("#C8432F", description="Worse, or a negative mention.")
    neutral: Colour = Field("#BCC6CD", description="A neutral mention.")
    ink: Colour = Field("#1C2530", description="Text.")
    muted: Colour = Field("#5F6B76", description="Secondary text.")


class Tokens(_Closed):
    """`theme.yml`."""

    name: str = Field(max_length=60, description="Whose theme it is; the logo's alternative text.")
    colours: Colours
    logo: Annotated[str, Field(pattern=r"^[\w-]+\.(svg|png)$")] | None = Field(
        None, description="File beside theme.yml."
    )
    cover: Literal["plain", "waves", "rings", "blocks"] = Field(
        "plain", description="Drawing on the cover."
    )
    headings: Literal["serif", "sans"] = Field("serif", description="Type of the titles.")


class Theme(_Closed):
    """Validated tokens and the assets they need; holds no path."""

    id: str
    tokens: Tokens
    assets: dict[str, bytes]  # name → bytes, served as bundle:<name>
    logo: str | None = None  # the logo's name among the assets

    @property
    def palette(self) -> Palette:
        """The colours by role."""
        colours = self.tokens.colours
        return Palette(
            colours.primary,
            colours.accent,
            colours.positive,
            colours.negative,
            colours.neutral,
            colours.ink,
            colours.muted,
        )


def load_theme(name: str, themes: Path | None = None) -> Theme:
    """Return the theme `name`: of the workspace's folder `themes`, else one that ships with oyez.

    Raises:
        ConfigError: no such theme, or its file or logo is wrong; fix what the message names.
    """
    folders = [*([themes] if themes else []), resources.folder("themes")]
    for folder in folders:
        if (folder / name / "theme.yml").is_file():
            return _read(name, folder / name)
    known = sorted({p.parent.name for folder in folders for p in folder.glob("*/theme.yml")})
    raise ConfigError(
        f"there is no theme {name!r}",
        where=f"themes/{name}/theme.yml",
        action=f"write it, or use one of: {', '.join(known)}",
    )


def _read(name: str, folder: Path) -> Theme:
    where = f"themes/{name}/theme.yml"
    try:
        content: Any = YAML(typ="safe").load((folder / "theme.yml").read_text("utf-8"))
        tokens = Tokens.model_validate(content)
    except YAMLError as error:
        raise ConfigError(f"not YAML: {error}", where=where, action="fix the line named") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ConfigError(
            f"{key}: {first['msg']}", where=where, action="colours look like #0E4A52"
        ) from error
    for role in ("primary", "ink", "muted"):
        if (ratio := contrast(getattr(tokens.colours, role), "#ffffff")) < READABLE:
            raise ConfigError(
                f"colours.{role} is too pale to read on white ({ratio:.1f}, at least {READABLE})",
                where=where,
                action="choose a darker shade",
            )
    if tokens.logo is None:
        return Theme(id=name, tokens=tokens, assets={})
    path = folder / tokens.logo
    if not path.is_file():
        raise ConfigError(
            f"the logo {tokens.logo} is missing", where=where, action="put it beside theme.yml"
        )
    kind, picture = safe_logo(tokens.logo, path.read_bytes())
    logo = f"{name}-logo.{kind}"
    return Theme(id=name, tokens=tokens, assets={logo: picture}, logo=logo)
