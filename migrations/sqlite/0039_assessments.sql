-- Assessments of ideas by members of a community: what is asked, whom, and what they have answered.
CREATE TABLE assessments (
    id TEXT PRIMARY KEY NOT NULL,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    community_id TEXT NOT NULL REFERENCES communities (id),
    author_id TEXT NOT NULL REFERENCES members (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    closes_at BIGINT
);
CREATE INDEX assessments_of_workspace ON assessments (workspace_id, made_at);

CREATE TABLE assessment_criteria (
    assessment_id TEXT NOT NULL REFERENCES assessments (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (assessment_id, place)
);

CREATE TABLE assessment_ideas (
    assessment_id TEXT NOT NULL REFERENCES assessments (id),
    place BIGINT NOT NULL,
    idea_id TEXT NOT NULL REFERENCES ideas (id),
    PRIMARY KEY (assessment_id, place)
);

CREATE TABLE assessors (
    assessment_id TEXT NOT NULL REFERENCES assessments (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    note TEXT NOT NULL DEFAULT '',
    reminded_at BIGINT NOT NULL,
    submitted_at BIGINT,
    PRIMARY KEY (assessment_id, member_id)
);
CREATE INDEX assessors_waiting ON assessors (member_id) WHERE submitted_at IS NULL;

CREATE TABLE assessment_answers (
    assessment_id TEXT NOT NULL REFERENCES assessments (id),
    member_id TEXT NOT NULL REFERENCES members (id),
    idea BIGINT NOT NULL,
    criterion BIGINT NOT NULL,
    grade TEXT NOT NULL,
    PRIMARY KEY (assessment_id, member_id, idea, criterion)
);
