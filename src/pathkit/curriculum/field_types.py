"""The types of the fields: each is checked by a function, and described for editors."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from pathkit.curriculum import field_checks

LevelName = Literal["easy", "medium", "hard", "very-hard"]
FlagName = Literal["long", "low-audio"]
KindName = Literal[
    "video",
    "article",
    "paper",
    "tool",
    "list",
    "course",
    "game",
    "repo",
    "leaderboard",
    "book",
    "story",
]
WhenName = Literal["before", "during", "after", "deeper"]
SlipName = Literal["resource", "guide"]
RaterName = Literal["guide", "path"]

_TEXT_SCHEMA = {"type": "string", "minLength": 1}
_ID_SCHEMA = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_NAME_SCHEMA = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}
_URL_SCHEMA = {"type": "string", "format": "uri", "pattern": "^https?://"}
_MONTH_SCHEMA = {"type": "string", "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"}
_GITHUB_SCHEMA = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$"}
_BRANCH_SCHEMA = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._/-]*$"}
_YEAR_SCHEMA = {"type": "integer", "minimum": 1900, "maximum": 2100}
_MINUTES_SCHEMA = {"type": "integer", "minimum": 1, "maximum": 6000}

Line = Annotated[str, BeforeValidator(field_checks.line), WithJsonSchema(_TEXT_SCHEMA)]
Prose = Annotated[str, BeforeValidator(field_checks.prose), WithJsonSchema(_TEXT_SCHEMA)]
Id = Annotated[str, BeforeValidator(field_checks.identifier), WithJsonSchema(_ID_SCHEMA)]
PythonName = Annotated[str, BeforeValidator(field_checks.python_name), WithJsonSchema(_NAME_SCHEMA)]
Url = Annotated[str, BeforeValidator(field_checks.url), WithJsonSchema(_URL_SCHEMA)]
Month = Annotated[str, BeforeValidator(field_checks.month), WithJsonSchema(_MONTH_SCHEMA)]
GithubName = Annotated[
    str, BeforeValidator(field_checks.github_name), WithJsonSchema(_GITHUB_SCHEMA)
]
BranchName = Annotated[
    str, BeforeValidator(field_checks.branch_name), WithJsonSchema(_BRANCH_SCHEMA)
]
Truth = Annotated[bool, BeforeValidator(field_checks.truth)]
Year = Annotated[
    int, BeforeValidator(field_checks.whole_number(1900, 2100)), WithJsonSchema(_YEAR_SCHEMA)
]
Minutes = Annotated[
    int, BeforeValidator(field_checks.whole_number(1, 6000)), WithJsonSchema(_MINUTES_SCHEMA)
]
Level = Annotated[LevelName, BeforeValidator(field_checks.one_of(get_args(LevelName)))]
Flag = Annotated[FlagName, BeforeValidator(field_checks.one_of(get_args(FlagName)))]
Kind = Annotated[KindName, BeforeValidator(field_checks.one_of(get_args(KindName)))]
When = Annotated[WhenName, BeforeValidator(field_checks.one_of(get_args(WhenName)))]
Slip = Annotated[SlipName, BeforeValidator(field_checks.one_of(get_args(SlipName)))]
Rater = Annotated[RaterName, BeforeValidator(field_checks.one_of(get_args(RaterName)))]


class Fields(BaseModel):
    """A mapping with fixed keys: others are refused, and nothing is changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
