extension OutcomeDocument {
    /// What the JSON outcome consists of, as a JSON Schema (2020-12).
    public static let jsonSchema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:lotse:outcome:2",
          "title": "Outcome of a Lotse session",
          "description": "All records of one group's session in one guide. Moments are ISO 8601 in UTC. A member that has no value is left out. Texts that people typed may contain anything, also names; without names, only what is a record of a person is left out. `version` rises when a member changes its meaning or goes away.",
          "type": "object",
          "required": ["format", "version", "asOf", "timeZone", "language", "audience", "withNames", "session", "dialog", "participants", "steps", "openPoints", "organisations", "actions", "parked"],
          "additionalProperties": false,
          "properties": {
            "format": { "const": "lotse-outcome" },
            "version": { "const": 2 },
            "asOf": { "$ref": "#/$defs/moment", "description": "When the session last changed." },
            "timeZone": { "type": "string", "description": "The time zone of every `day`, as a tz database name." },
            "language": { "type": "string", "description": "The language of titles, keys and prompts: `de`, `de-simple`, `en`." },
            "audience": { "enum": ["group", "shared"], "description": "`shared`: internal questions are masked." },
            "withNames": { "type": "boolean" },
            "session": { "$ref": "#/$defs/session" },
            "dialog": { "$ref": "#/$defs/dialog" },
            "participants": { "type": "integer", "minimum": 0, "description": "How many people took part." },
            "people": { "type": "array", "items": { "$ref": "#/$defs/person" }, "description": "Only with names." },
            "steps": { "type": "array", "items": { "$ref": "#/$defs/step" } },
            "formerQuestions": { "type": "array", "items": { "$ref": "#/$defs/question" }, "description": "Questions of a former version of the guide that something was said to. Absent where there are none." },
            "openPoints": { "type": "array", "items": { "$ref": "#/$defs/openPoint" } },
            "organisations": { "type": "array", "items": { "$ref": "#/$defs/organisation" } },
            "network": { "$ref": "#/$defs/network", "description": "Absent where the guide knows no network." },
            "actions": { "type": "array", "items": { "$ref": "#/$defs/action" } },
            "parked": { "type": "array", "items": { "$ref": "#/$defs/parked" } }
          },
          "$defs": {
            "moment": { "type": "string", "format": "date-time", "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}T\\\\d{2}:\\\\d{2}:\\\\d{2}Z$" },
            "recordID": { "type": "string", "pattern": "^[A-Z][1-9][0-9]*$", "description": "Never used twice in a session: B contribution, G group of contributions, K open point, O organisation, A action, P parked matter, R resource, N next step, H hurdle, M remark of another group." },
            "due": {
              "type": "object",
              "required": ["until", "day", "isWholeDay"],
              "additionalProperties": false,
              "properties": {
                "until": { "$ref": "#/$defs/moment", "description": "The last moment that is in time." },
                "day": { "type": "string", "format": "date", "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}$" },
                "isWholeDay": { "type": "boolean", "description": "Whether only a day was named." }
              }
            },
            "name": {
              "type": "object",
              "required": ["name"],
              "additionalProperties": false,
              "description": "Somebody named. Without `person`: a name as it was typed, or a person who had herself forgotten.",
              "properties": {
                "person": { "type": "integer", "minimum": 1, "description": "The `id` in `people`." },
                "name": { "type": "string" }
              }
            },
            "session": {
              "type": "object",
              "required": ["id", "name", "state", "order", "startedAt", "retainedUntil"],
              "additionalProperties": false,
              "properties": {
                "id": { "type": "string" },
                "name": { "type": "string" },
                "state": { "enum": ["new", "running", "paused", "ended"] },
                "order": { "type": "string", "description": "The id of the order in which the questions come." },
                "startedAt": { "$ref": "#/$defs/moment" },
                "retainedUntil": { "$ref": "#/$defs/moment", "description": "When the session is erased." }
              }
            },
            "dialog": {
              "type": "object",
              "required": ["id", "version", "contentHash", "title", "attribution"],
              "additionalProperties": false,
              "description": "The guide, in the version that leads the session.",
              "properties": {
                "id": { "type": "string" },
                "version": { "type": "string" },
                "contentHash": { "type": "string", "description": "SHA-256 of the guide's file." },
                "title": { "type": "string" },
                "attribution": { "type": "string" }
              }
            },
            "person": {
              "type": "object",
              "required": ["name", "isFacilitator"],
              "additionalProperties": false,
              "properties": {
                "id": { "type": "integer", "minimum": 1, "description": "Absent for a person who had herself forgotten." },
                "name": { "type": "string" },
                "organisation": { "type": "string" },
                "isFacilitator": { "type": "boolean" }
              }
            },
            "step": {
              "type": "object",
              "required": ["id", "title", "questions"],
              "additionalProperties": false,
              "properties": {
                "id": { "type": "string" },
                "title": { "type": "string" },
                "questions": { "type": "array", "items": { "$ref": "#/$defs/question" } }
              }
            },
            "question": {
              "type": "object",
              "required": ["id", "key", "prompt", "form", "isInternal", "isMasked"],
              "additionalProperties": false,
              "description": "A masked question has nothing but the required members.",
              "properties": {
                "id": { "type": "string" },
                "key": { "type": "string" },
                "prompt": { "type": "string" },
                "form": { "enum": ["text", "list", "rows", "organisations"] },
                "isInternal": { "type": "boolean", "description": "Whether the answer is meant for the group alone." },
                "isMasked": { "type": "boolean" },
                "state": { "enum": ["empty", "collected", "draft", "agreed", "notApplicable"] },
                "skippedBecause": { "type": "string", "description": "Present if it was left open on purpose; may be empty." },
                "notApplicableBecause": { "type": "string" },
                "agreed": { "$ref": "#/$defs/wording", "description": "What was agreed last; stands while a new proposal is open." },
                "proposal": { "$ref": "#/$defs/wording", "description": "The proposal that is open." },
                "entries": { "type": "array", "items": { "$ref": "#/$defs/entry" }, "description": "What holds at present: the agreed wording, else the open one, else the contributions, read in the form of the question." },
                "contributions": { "type": "array", "items": { "$ref": "#/$defs/contribution" } },
                "groups": { "type": "array", "items": { "$ref": "#/$defs/group" }, "description": "Contributions that are looked at as one." },
                "dots": { "type": "array", "items": { "$ref": "#/$defs/dots" }, "description": "The result of the last vote with dots, the most first." },
                "openPoints": { "type": "array", "items": { "$ref": "#/$defs/recordID" } },
                "remarks": { "type": "array", "items": { "$ref": "#/$defs/remark" }, "description": "What other groups of the workshop remarked on the agreed answer." }
              }
            },
            "remark": {
              "type": "object",
              "required": ["id", "text", "group", "at"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "group": { "type": "string", "description": "The name of the group that it comes from." },
                "at": { "$ref": "#/$defs/moment" }
              }
            },
            "wording": {
              "type": "object",
              "required": ["text", "madeFrom", "at", "consenting", "abstaining", "objections"],
              "additionalProperties": false,
              "properties": {
                "text": { "type": "string" },
                "madeFrom": { "type": "array", "items": { "$ref": "#/$defs/recordID" } },
                "proposer": { "$ref": "#/$defs/name" },
                "source": { "const": "paper", "description": "Where it was copied from paper; whoever copied it is not its proposer." },
                "at": { "$ref": "#/$defs/moment" },
                "consenting": { "$ref": "#/$defs/voices" },
                "abstaining": { "$ref": "#/$defs/voices" },
                "objections": { "type": "array", "items": { "$ref": "#/$defs/objection" } }
              }
            },
            "voices": {
              "type": "object",
              "required": ["count"],
              "additionalProperties": false,
              "properties": {
                "count": { "type": "integer", "minimum": 0 },
                "people": { "type": "array", "items": { "$ref": "#/$defs/name" }, "description": "Only with names." }
              }
            },
            "objection": {
              "type": "object",
              "required": ["reason", "isToFormerWording"],
              "additionalProperties": false,
              "properties": {
                "by": { "$ref": "#/$defs/name" },
                "reason": { "type": "string" },
                "isToFormerWording": { "type": "boolean" }
              }
            },
            "entry": {
              "type": "object",
              "required": ["text"],
              "additionalProperties": false,
              "properties": {
                "text": { "type": "string", "description": "The item, the first column, or the organisation's name." },
                "section": { "type": "string", "description": "The id of the section of the answer it stands in." },
                "kind": { "type": "string", "description": "The id of its kind." },
                "subject": { "type": "string", "description": "The entry of another question that it speaks about." },
                "detail": { "type": "string", "description": "What stands behind an organisation's name." },
                "organisation": { "$ref": "#/$defs/recordID" },
                "columns": { "type": "object", "additionalProperties": { "type": "string" }, "description": "The cells of a row by the ids of their columns." },
                "due": { "$ref": "#/$defs/due", "description": "The day in a column for dates, where it could be read." },
                "contribution": { "$ref": "#/$defs/recordID", "description": "Where it was collected and not agreed." }
              }
            },
            "contribution": {
              "type": "object",
              "required": ["id", "text", "at"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "at": { "$ref": "#/$defs/moment" },
                "author": { "$ref": "#/$defs/name", "description": "Absent for what came privately." },
                "expert": { "type": "string", "description": "The expert whose result it is." },
                "source": { "const": "paper", "description": "Where it was copied from paper; whoever copied it is not its author." },
                "writer": { "type": "string", "description": "Who wrote it on paper, as somebody typed it. Only with names." }
              }
            },
            "group": {
              "type": "object",
              "required": ["id", "text", "contributions"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "contributions": { "type": "array", "items": { "$ref": "#/$defs/recordID" } }
              }
            },
            "dots": {
              "type": "object",
              "required": ["id", "count"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "count": { "type": "integer", "minimum": 1 }
              }
            },
            "openPoint": {
              "type": "object",
              "required": ["id", "question", "text", "isOpen"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "question": { "type": "string" },
                "text": { "type": "string" },
                "isOpen": { "type": "boolean" },
                "owner": { "$ref": "#/$defs/name", "description": "Who of the group asks." },
                "expert": { "type": "string", "description": "Who is asked." },
                "due": { "$ref": "#/$defs/due" },
                "result": { "type": "string" }
              }
            },
            "organisation": {
              "type": "object",
              "required": ["id", "name", "kind", "roles", "positions"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "name": { "type": "string" },
                "aliases": { "type": "array", "items": { "type": "string" }, "description": "Names that were found to mean the same." },
                "kind": { "enum": ["organisation", "group", "person"] },
                "sphere": { "type": "string", "description": "The id of one of the network's spheres." },
                "roles": { "type": "array", "items": { "enum": ["partner", "supporter", "holder", "missing", "opponent"] }, "description": "What it is to the group." },
                "contact": { "$ref": "#/$defs/contact" },
                "positions": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/position" } }
              }
            },
            "position": {
              "type": "object",
              "required": ["question"],
              "additionalProperties": false,
              "description": "One place at which the group named the organisation.",
              "properties": {
                "question": { "type": "string" },
                "subject": { "type": "string" },
                "kind": { "type": "string" },
                "detail": { "type": "string" }
              }
            },
            "contact": {
              "type": "object",
              "required": ["state"],
              "additionalProperties": false,
              "description": "Who of the group approaches the organisation.",
              "properties": {
                "state": { "enum": ["planned", "overdue", "made"] },
                "assignee": { "$ref": "#/$defs/name", "description": "Only with names." },
                "counterpart": { "type": "string", "description": "Whom there; only with names." },
                "due": { "$ref": "#/$defs/due" },
                "request": { "type": "string" },
                "format": { "type": "string" },
                "every": {
                  "type": "object",
                  "required": ["count", "unit"],
                  "additionalProperties": false,
                  "properties": {
                    "count": { "type": "integer", "minimum": 1 },
                    "unit": { "enum": ["days", "weeks", "months"] }
                  }
                },
                "madeAt": { "$ref": "#/$defs/moment", "description": "When it was last approached." }
              }
            },
            "network": {
              "type": "object",
              "required": ["spheres", "resources", "steps", "hurdles"],
              "additionalProperties": false,
              "properties": {
                "mission": { "type": "string" },
                "spheres": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["id", "title"],
                    "additionalProperties": false,
                    "properties": { "id": { "type": "string" }, "title": { "type": "string" } }
                  }
                },
                "resources": { "type": "array", "items": { "$ref": "#/$defs/resource" } },
                "steps": { "type": "array", "items": { "$ref": "#/$defs/nextStep" } },
                "hurdles": { "type": "array", "items": { "$ref": "#/$defs/hurdle" } }
              }
            },
            "resource": {
              "type": "object",
              "required": ["id", "text", "holders"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "kind": { "type": "string", "description": "The id of its kind." },
                "holders": { "type": "array", "items": { "$ref": "#/$defs/recordID" }, "description": "The organisations that can bring it." },
                "openPoint": { "$ref": "#/$defs/recordID", "description": "Where nobody is known who can." }
              }
            },
            "nextStep": {
              "type": "object",
              "required": ["id", "text"],
              "additionalProperties": false,
              "properties": { "id": { "$ref": "#/$defs/recordID" }, "text": { "type": "string" } }
            },
            "hurdle": {
              "type": "object",
              "required": ["id", "text", "isOutside"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "step": { "$ref": "#/$defs/recordID", "description": "The next step that removes it." },
                "isOutside": { "type": "boolean", "description": "Whether it is outside the group's hands." }
              }
            },
            "action": {
              "type": "object",
              "required": ["id", "text", "isDone"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "assignee": { "$ref": "#/$defs/name" },
                "due": { "$ref": "#/$defs/due" },
                "isDone": { "type": "boolean" }
              }
            },
            "parked": {
              "type": "object",
              "required": ["id", "text", "at"],
              "additionalProperties": false,
              "properties": {
                "id": { "$ref": "#/$defs/recordID" },
                "text": { "type": "string" },
                "by": { "$ref": "#/$defs/name" },
                "at": { "$ref": "#/$defs/moment" }
              }
            }
          }
        }

        """
}
