import { answerJobs } from '../../machine/job-channel.mjs';
import { collectGarbage } from '../../machine/collect-garbage.mjs';
import { connect, receive } from './jobs.mjs';

answerJobs({ connect, receive, collectGarbage });
